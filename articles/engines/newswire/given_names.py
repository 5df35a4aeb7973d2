"""Given names that are common where our languages are spoken, and that are hardly ever anything
else. Written for this project from general knowledge; names that are also words, months, places
or firms (Will, May, Sydney, Jordan, Virginia, Chase, Ford) are left out on purpose."""

from __future__ import annotations

_ENGLISH = """
Aaron Abigail Adam Adrian Agnes Alan Albert Alexander Alexandra Alfred Alice Alison Amanda Amelia Amy
Andrea Andrew Angela Anita Ann Anna Anne Annie Anthony Antonio Arnold Arthur Audrey Barbara Benjamin
Bernard Beth Betty Beverly Bill Bob Brenda Brian Bruce Carl Carla Carlos Carol Caroline Catherine
Cecilia Charles Cheryl Chris Christian Christina Christine Christopher Claire Clara Claudia Colin Connor
Craig Cynthia Daniel Daniela Danielle David Deborah Debra Denise Dennis Derek Diana Diane Diego Dominic
Donald Donna Dorothy Douglas Edith Edgar Edward Edwin Eleanor Elena Elizabeth Ellen Emily Emma Eric
Erica Erik Esther Ethan Eugene Eva Evelyn Fiona Florian Frances Francesco Francis Francisco Frank
Frederick Gabriel Gareth Gary Geoffrey Gerald Gilbert Giovanni Gloria Gordon Graham Gregory Gustav
Hannah Hans Harold Harriet Harvey Heather Hector Helen Helena Henry Herbert Howard Hugh Hugo Ian Ilona
Ingrid Irene Isaac Isabel Isabella Ivan Jack Jacob Jacqueline Jake James Jane Janet Janice Jason Javier
Jean Jeffrey Jennifer Jeremy Jerry Jessica Jill Jim Joan Joanna Joe Joel Johann Johannes John Johnny
Jonathan Jorge Jose José Joseph Joshua Josef Juan Judith Julia Julian Juliana Julie Karen Karl Kate
Katharine Katherine Kathleen Kathryn Keith Kelly Kenneth Kevin Kimberly Klaus Kurt Lars Laura Lauren
Lawrence Leo Leon Leonard Leonardo Leonid Leslie Linda Lisa Lorenzo Louis Louise Lucas Lucia Lucy Luigi
Luis Luke Magnus Manuel Marco Marcus Margaret Maria Marie Marilyn Mario Marion Marjorie Marta Martha
Martin Martina Mary Matilda Matthew Maureen Maurice Max Megan Melanie Melissa Michael Michaela Michel
Michelle Miguel Mike Monica Muriel Nancy Natalie Nathan Neil Nicholas Nicola Nicolas Nicole Nigel Nina
Noah Nora Norma Oliver Olivia Oscar Otto Pablo Pamela Patricia Patrick Paul Paula Pauline Pedro Peggy
Peter Philip Phillip Phyllis Pierre Rachel Ralph Raymond Rebecca Ricardo Richard Rita Robert Roberto
Roger Roland Ronald Rosa Rosemary Roy Ruth Ryan Sally Samantha Samuel Sandra Sara Sarah Scott Sean
Sebastian Sergio Sharon Sheila Shirley Simon Sofia Sophia Sophie Stefan Stella Stephanie Stephen Steve
Steven Stuart Susan Suzanne Sven Sylvia Teresa Theodore Theresa Thomas Timothy Tina Tobias Tom Tony
Tracy Ursula Valerie Vanessa Veronica Victor Vincent Vivian Walter Wendy Werner William Wolfgang Yvonne
Zoe
"""
_OTHER = """
Abdul Abdullah Ahmed Ahmad Ali Amina Aisha Fatima Hassan Hussein Ibrahim Ismail Karim Khaled Khalid
Layla Mahmoud Mohamed Mohammad Mohammed Muhammad Mustafa Nadia Omar Rashid Said Salma Samir Tariq Yasmin
Youssef Yusuf Zainab Ayşe Ahmet Burak Cem Derya Elif Emine Emre Fatma Hakan Hatice Hüseyin Mehmet Merve
Murat Recep Selim Serkan Yılmaz Zeynep Aigul Aigerim Aibek Aida Aliya Almas Arman Askar Asel Bakyt
Bauyrzhan Bolat Dana Daniyar Darkhan Daulet Dauren Dias Dinara Erlan Gulnara Kairat Kanat Kassym-Jomart
Marat Madina Nurlan Nursultan Olzhas Rustam Sanzhar Saule Serik Talgat Timur Yerlan Zarina Zhanar Alexei
Alexey Aleksandr Anastasia Andrei Andrey Boris Dmitri Dmitry Ekaterina Evgeny Gennady Igor Irina Ivanka
Ksenia Lyudmila Maxim Mikhail Natalia Nikita Nikolai Oksana Oleg Olga Pavel Roman Ruslan Sergei Sergey
Svetlana Tatiana Vadim Valentina Vasily Viktor Vitaly Vladislav Volodymyr Vyacheslav Yaroslav Yekaterina
Yulia Yuri Chinedu Ngozi Amaka Kwame Kofi Wanjiru Priya Rahul Sanjay Rajesh Sunita Anil Deepak Hiroshi
Kenji Takashi Yuki Haruka Ingeborg Astrid Bjørn Sigrid Solveig Håkon Torbjørn Sindre Annelies Joris
Pieter Geert Willem Gabor Gábor Zoltan Istvan Agnieszka Piotr Tomasz Katarzyna Krzysztof Nino Levan
Giorgi Tigran Elchin Leyla Rashad
"""
_CYRILLIC = """
Александр Александра Алексей Алина Алла Анастасия Анатолий Андрей Анна Антон Антонина Аркадий Артём
Артем Борис Вадим Валентин Валентина Валерий Василий Вера Вероника Виктор Виктория Виталий Владислав
Вячеслав Галина Геннадий Георгий Григорий Дарья Денис Дмитрий Евгений Евгения Екатерина Елена Елизавета
Иван Игорь Илья Инна Ирина Кирилл Константин Ксения Лариса Лев Леонид Лидия Людмила Максим Маргарита
Марина Мария Михаил Наталья Наталия Никита Николай Нина Оксана Олег Олеся Ольга Павел Пётр Петр Полина
Раиса Роман Руслан Светлана Семён Сергей Софья Станислав Степан Тамара Татьяна Тимофей Фёдор Эдуард
Эльвира Юлия Юрий Яна Ярослав Абай Айгерим Айгүл Айгуль Айдар Айнұр Алихан Алия Әлия Алмас Алтынай Арман
Асель Әсел Асқар Аскар Бақыт Бауыржан Болат Ғалым Гүлнар Гульнара Дана Данияр Дәулет Даулет Дәурен
Даурен Динара Ерлан Ержан Ерболат Жанар Жомарт Қайрат Кайрат Қанат Канат Қасым-Жомарт Касым-Жомарт
Мадина Марат Мұрат Мұхтар Нұрлан Нурлан Нұрсұлтан Нурсултан Олжас Рахат Рустам Сәкен Санжар Сауле Сәуле
Серік Серик Талғат Талгат Темір Тимур Шолпан
"""
GIVEN_NAMES = frozenset((_ENGLISH + _OTHER + _CYRILLIC).split())
